#pragma once

#include "commandport.h"
#include "detailpane.h"
#include "messagelist.h"
#include "return.h"

class QAction;

namespace Counterfoil {

class AttachmentLinks;
class LinesModel;
class LinesView;
class Timeline;

enum class ReturnDecision { Authorise, Change, Refuse };

// Everything about one return: where it stands, its lines with what became of them, what was expected and
// what was credited, what both sides wrote, and, for who may, what can be decided.
class ReturnDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit ReturnDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    // Who carries out what is wanted here, and what of it is under way. Without them it is looked at alone.
    void setCommands(CommandPort &commands);

    void focusBody() override;
    void addActions(Actions &actions) override;
    bool canDecide() const;   // this person, this return, now
    bool canWithdraw() const; // likewise
    MessageList &messages() const { return *m_messages; }

Q_SIGNALS:
    void decisionWanted(const Counterfoil::RecordRef &ref, Counterfoil::ReturnDecision decision);
    void withdrawalWanted(const Counterfoil::RecordRef &ref, const QString &number);
    void messageWanted(const Counterfoil::Return &about, const Counterfoil::MessageList::Draft &draft);
    void openWanted(const Counterfoil::Attachment &file);
    void saveWanted(const Counterfoil::Attachment &file);

protected:
    void showRecord() override;
    void showFacts() override;
    QString summary() const override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildDeeds();
    void addDeed(const char *id, const QString &text, const QKeySequence &key, ReturnDecision decision);
    void showHead(const Return &record);
    void showLines(const Return &record);
    void showMessages(const Return &record);
    void showTimeline(const Return &record);
    void showDeeds();
    const OutboxEntry *underWay(const Return &record) const; // that changes it; until the entries change
    bool may(std::string_view verb) const;

    CommandPort *m_commands = nullptr;
    OutboxEntries m_entries; // as shown
    QWidget *m_deeds;
    LinesModel *m_linesModel;
    LinesView *m_lines;
    Section m_linesSection;
    AttachmentLinks *m_files;
    Section m_filesSection;
    MessageList *m_messages;
    Timeline *m_timeline;
    struct Deed
    {
        QString id;
        QAction *action;
    };
    QList<Deed> m_decisions;
    QAction *m_withdraw;
};

} // namespace Counterfoil

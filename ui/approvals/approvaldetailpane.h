#pragma once

#include "detailpane.h"

#include <string>

class QLabel;
class QPushButton;

namespace Counterfoil {

class CommandPort;
class FormField;
class LinesModel;
class LinesView;
class Timeline;
class Wishes;
struct Approval;
struct OutboxEntry;

// Everything about one order that waits to be approved, or did: what it is, above whose limit, who said what.
// Whoever may decides here, with a key; whoever asked for it takes it back.
class ApprovalDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    static constexpr std::size_t differencesShown = 5; // in the banner; each stands beside its item, too

    explicit ApprovalDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    // Without it, all this can be looked at and nothing be done. Outlives the pane.
    void decideBy(CommandPort &commands);
    void focusBody() override;
    void addActions(Actions &actions) override;

    bool mayDecide() const; // on the one shown, now; whether their limit is enough is the gateway's to say
    bool mayTakeBack() const;
    void approve();
    void refuse(); // says why first
    void takeBack();
    FormField &comment() const { return *m_comment; }

Q_SIGNALS:
    void told(const QString &sentence);

protected:
    void showRecord() override;
    void showFacts() override;

private:
    QWidget *buildDeciding();
    void showHead(const Approval &approval);
    void showDeciding();
    void showItems(const Approval &approval);
    void showSteps(const Approval &approval);
    const Approval *shownOne() const;
    bool isFree() const;             // it waits, and this person has nothing under way about it
    const OutboxEntry *wish() const; // this person's last on the one shown; nullptr: none
    void ask(const char *verb, const QString &saying);

    CommandPort *m_commands = nullptr;
    Wishes *m_wishes = nullptr; // with it
    QWidget *m_deciding;
    FormField *m_comment;
    std::string m_commentOn; // the approval that it is about
    QPushButton *m_approve;
    QPushButton *m_refuse;
    QPushButton *m_takeBack;
    QLabel *m_under; // why nothing can be done, or what is on its way
    LinesModel *m_itemsModel;
    LinesView *m_items;
    Section m_itemsSection;
    Timeline *m_steps;
};

} // namespace Counterfoil

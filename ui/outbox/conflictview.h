#pragma once

#include "commandport.h"
#include "panecontext.h"
#include "resolution.h"
#include "sheet.h"

#include <QHash>

class QGridLayout;
class QLabel;
class QPushButton;

namespace Counterfoil {

class ChoiceButton;
class FactsGrid;
class RecordNames;
class RecordWatch;

// A record that was changed here and elsewhere: what it was, mine and theirs side by side, a choice for each
// field, and what comes of it. Sends the choice on top of theirs, or lets mine go. Needs no connection.
// Goes by itself when the entry is decided on in another place.
class ConflictView final : public Sheet
{
    Q_OBJECT
public:
    // `entry` is in conflict and has `outcome.theirs`. `forWhom`: the account's name; may be empty.
    ConflictView(const PaneContext &context, CommandPort &port, const OutboxEntry &entry,
                 const QString &forWhom, QWidget *window);

    QString key() const { return m_key; }
    const Resolution &resolution() const { return m_resolution; }
    void begin(); // opens it at the first choice that is still to be made
    void dismiss() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Row
    {
        QLabel *hint;
        QLabel *before;
        ChoiceButton *mine;
        ChoiceButton *theirs;
    };
    ConflictView(const PaneContext &context, CommandPort &port, const OutboxEntry &entry,
                 const QString &forWhom, QWidget *window, QWidget *content);
    void build(const OutboxEntry &entry, const QString &forWhom);
    QWidget *buildTable(const OutboxEntry &entry);
    void addHeads(QGridLayout &grid, const OutboxEntry &entry);
    void addRow(QGridLayout &grid, std::size_t index);
    QLayout *buildButtons();
    void connectPort();
    void showValues(); // and names that came meanwhile
    void showChoices();
    void showWhen();
    QString valueOf(const Field &field, const AnyRecord &record);
    void choose(std::size_t index, Resolution::Side side);
    void pressInRow(std::size_t index, QKeyEvent &event);
    void focusRow(std::size_t index);
    void focusNextOpen();
    void noteEntries();
    void send();
    void keepTheirs();

    const PaneContext m_context;
    CommandPort &m_port;
    Resolution m_resolution;
    const QString m_key;
    QWidget *m_content;
    RecordNames *m_names;
    RecordWatch *m_record; // tells since when theirs is so
    QList<Row> m_rows;
    QLabel *m_theirsHead = nullptr;
    QLabel *m_previewTitle = nullptr;
    FactsGrid *m_preview = nullptr;
    QLabel *m_note = nullptr;
    QPushButton *m_send = nullptr;
    QPushButton *m_keep = nullptr;
    QString m_asked; // the key of the command sent instead; empty: none yet
};

} // namespace Counterfoil

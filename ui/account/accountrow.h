#pragma once

#include "tokens.h"

#include <QFlags>
#include <QList>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Counterfoil {

class StatusChip;
class TextLink;
class ToneLabel;

// What can be done with an address, a contact or a member, in the order in which a menu has it.
enum class RowDeed {
    Edit = 1,
    MakeShipTo = 2,
    MakeBillTo = 4,
    EditRefused = 8, // change what was refused, and send it again
    ShowEntry = 16,  // what became of what was asked for
    Retire = 32,
};
Q_DECLARE_FLAGS(RowDeeds, RowDeed)
Q_DECLARE_OPERATORS_FOR_FLAGS(RowDeeds)

struct ChipWords
{
    QString text;
    QString symbol;
    Tone tone = Tone::Neutral;

    bool operator==(const ChipWords &) const = default;
};

struct AccountRowWords
{
    QString key; // tells rows apart
    QString name;
    QString detail;
    QString email = {};
    QString phones = {};
    ChipWords state = {};
    QList<ChipWords> marks = {}; // what else is to be known at a glance
    QString explanation = {};    // of the state; may be empty
    Tone explanationTone = Tone::Neutral;
    RowDeeds deeds = {};
    QString retireText = {}; // where it is called something else than retiring
    QString entryText = {};  // and looking at what became of it
    bool faded = false;      // retired

    bool operator==(const AccountRowWords &) const = default;
};

// One address, contact or member. Enter does the first thing that can be done with it, Delete retires it, the
// menu key shows all.
class AccountRow final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int padding = 16;

    explicit AccountRow(QWidget *parent = nullptr);

    void setWords(const AccountRowWords &words);
    const AccountRowWords &words() const { return m_words; }
    void openMenu(const QPoint &at); // of the screen

Q_SIGNALS:
    void wanted(Counterfoil::RowDeed deed);
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void showMarks();
    void showLinks();
    QString deedName(RowDeed deed) const;

    AccountRowWords m_words;
    QLabel *m_name;
    QLabel *m_detail;
    StatusChip *m_state;
    QPushButton *m_more;
    QWidget *m_markBox;
    QList<StatusChip *> m_marks;
    QWidget *m_reachBox;
    TextLink *m_email;
    QLabel *m_phones;
    ToneLabel *m_explanation;
    QWidget *m_linkBox;
    TextLink *m_editRefused;
    TextLink *m_showEntry;
};

} // namespace Counterfoil

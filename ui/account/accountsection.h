#pragma once

#include "accountrow.h"
#include "icons.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class SearchField;
class TextLink;

// A card with a heading, rows, and a button that adds one. Rows keep their places and the focus while their
// words change. The first `mostRows` that match what is typed are shown; a list that long says so.
class AccountSection final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostRows = 60;
    static constexpr int rowsNeedingSearch = 12;

    // An empty text for adding: nothing can be added.
    AccountSection(const QString &title, const QString &addText, QWidget *parent = nullptr);

    QString title() const;
    void setNote(const QString &text); // beside the heading
    void setAddText(const QString &text, Icons::Icon icon = Icons::Icon::Plus);
    void setRows(const QList<AccountRowWords> &rows, const QString &emptyText);
    // Of those that are not shown unless asked for: what the link says that asks; empty: there are none.
    void setMore(const QString &text);
    void addContent(QWidget *content); // above the rows

    AccountRow *row(const QString &key) const; // nullptr: not shown
    AccountRow *current() const;               // the one that has, or had last, the focus
    const QList<AccountRow *> &rows() const { return m_shown; }
    bool focusRow(const QString &key);
    void focusFirst();
    bool step(const AccountRow *from, int by); // to the next row; false: there is none

Q_SIGNALS:
    void addWanted();
    void moreWanted();
    void wanted(const QString &key, Counterfoil::RowDeed deed);
    void currentChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void arrange();
    void addRow();

    QLabel *m_title;
    QLabel *m_note;
    QPushButton *m_add;
    SearchField *m_search;
    QVBoxLayout *m_content;
    QVBoxLayout *m_layout;
    QLabel *m_empty;
    QLabel *m_rest;
    TextLink *m_more;
    QList<AccountRowWords> m_all;
    QString m_emptyText;
    QList<AccountRow *> m_shown;
    QString m_current;
};

} // namespace Counterfoil

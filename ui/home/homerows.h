#pragma once

#include "recordref.h"
#include "tokens.h"

#include <QAbstractButton>

class QLabel;
class QVBoxLayout;

namespace Counterfoil {

// What a row of the Home pane says, and which record it opens.
struct HomeRowWords
{
    RecordRef ref;
    QString lead;  // what names the row
    QString about; // the rest, muted; shortened where there is no room
    QString chip;  // a state; may be empty, as its symbol may
    QString symbol;
    Tone tone = Tone::Neutral;
    QString value;         // at the other end, figures under figures
    QString fullForm = {}; // a tool tip
};

// One row: opens its record when clicked, or with Enter.
class HomeRow final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit HomeRow(QWidget *parent = nullptr);

    // Widths are shared by the rows of a list, so that they align.
    struct Widths
    {
        int lead = 0;
        int chip = 0;
        int value = 0;
    };
    Widths wanted() const;
    void setWidths(const Widths &widths);
    void setWords(const HomeRowWords &words);
    const HomeRowWords &words() const { return m_words; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    HomeRowWords m_words;
    Widths m_widths;
};

// A shortlist. Rows keep their places and the focus while their words change.
class HomeRows final : public QWidget
{
    Q_OBJECT
public:
    explicit HomeRows(QWidget *parent = nullptr);

    void setRows(const QList<HomeRowWords> &rows, const QString &emptyText);
    int count() const { return static_cast<int>(m_rows.size()); }
    HomeRow *row(int index) const { return m_rows.value(index); }

Q_SIGNALS:
    void opened(const Counterfoil::RecordRef &ref, bool inOwnWindow);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addRow();
    void align();

    QVBoxLayout *m_layout;
    QList<HomeRow *> m_rows;
    QLabel *m_empty;
};

} // namespace Counterfoil

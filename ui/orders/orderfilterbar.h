#pragma once

#include "recordquery.h"

#include <QWidget>

class QPushButton;

namespace Counterfoil {

class Clock;
class DateChip;
class FilterChip;
class SearchField;
class RecordFilterOptions;
class ToggleChip;

// What the list of orders is restricted to. Acts as one types.
class OrderFilterBar final : public QWidget
{
    Q_OBJECT
public:
    OrderFilterBar(const RecordFilterOptions &options, const Clock &clock, QWidget *parent = nullptr);

    void applyTo(RecordQuery &query) const;
    bool isRestricting() const;
    QStringList descriptions() const; // one a restriction, in words
    void clear();
    void focusText(); // ready to type
    QWidget *columnsButton() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();
    void leftDownwards(); // Enter or Down in the text: on to the list
    void columnsWanted();

private:
    void note();
    void takeChoices();

    const RecordFilterOptions &m_options;
    SearchField *m_text;
    ToggleChip *m_open;
    FilterChip *m_status;
    FilterChip *m_shipTo;
    FilterChip *m_origin;
    DateChip *m_placed;
    QPushButton *m_clear;
    QPushButton *m_columns;
    bool m_clearing = false;
};

} // namespace Counterfoil

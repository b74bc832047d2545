#pragma once

#include "listdescription.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace Counterfoil {

class AmountChip;
class Clock;
class RecordFilterOptions;
class SearchField;

// What a list is restricted to. Acts as one types.
class ListFilterBar final : public QWidget
{
    Q_OBJECT
public:
    ListFilterBar(const ListDescription &description, const RecordFilterOptions &options, const Clock &clock,
                  bool showPrices, QWidget *parent = nullptr);

    void applyTo(RecordQuery &query, Date today) const;
    bool isRestricting() const;
    QStringList descriptions() const; // one a restriction, in words
    void clear();
    QString text() const; // as typed
    void focusText();     // ready to type
    QWidget *columnsButton() const { return m_columns; }

    // As if the chip were used; nothing for what the description does not have.
    void setToggle(const QString &id); // empty: none
    QString toggle() const;
    void setFacets(const QHash<QString, QStringList> &values); // by field, none: any; told as one change
    QStringList facet(const QString &field) const;
    void setDates(const QString &field, QDate first, QDate last); // both inclusive; invalid: no bound

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();
    void leftDownwards(); // Enter or Down in the text: on to the list
    void columnsWanted();

private:
    void build(const Clock &clock, bool showPrices);
    void note();
    QList<Choice> choicesOf(const ListDescription::Facet &facet) const;
    void takeChoices();
    QStringList valuesOf(qsizetype facet) const;

    const ListDescription &m_description;
    const RecordFilterOptions &m_options;
    SearchField *m_text;
    QList<ToggleChip *> m_toggles; // as the description's, and so on
    QList<FilterChip *> m_facets;
    QList<DateChip *> m_dates;
    QList<AmountChip *> m_amounts;
    QPushButton *m_clear;
    QPushButton *m_columns;
    bool m_quiet = false; // several changes are under way, which are told as one
};

// The fields whose values a list's filters offer: for RecordFilterOptions.
std::vector<std::string> filterFields(const ListDescription &description);

} // namespace Counterfoil

#pragma once

#include "amount.h"
#include "filterchip.h"

#include <optional>

class QComboBox;
class QLabel;

namespace Counterfoil {

// What a person typed as an amount, in the smallest unit of a currency with so many decimal places:
// "1,250", "1250.5", "£12". Nothing for what is no amount, or has more places than the currency.
std::optional<Amount> typedAmount(const QString &text, int places);

// Restricts to amounts of one currency, from one to another, both inclusive.
class AmountChip final : public ChipButton
{
    Q_OBJECT
public:
    explicit AmountChip(const QString &name, QWidget *parent = nullptr);

    void setCurrencies(const QStringList &codes); // those that occur, the most frequent first
    void setRange(const QString &currency, std::optional<Amount> least, std::optional<Amount> most);
    void clear();

    QString currency() const { return m_currency; } // empty while nothing is restricted
    std::optional<Amount> least() const { return m_least; }
    std::optional<Amount> most() const { return m_most; }
    QString description() const; // empty while nothing is restricted

Q_SIGNALS:
    void rangeChanged();

private:
    QWidget *buildCard();
    void take();
    void describe();

    QString m_name;
    QString m_currency;
    std::optional<Amount> m_least;
    std::optional<Amount> m_most;
    QComboBox *m_currencies = nullptr;
    QLineEdit *m_from = nullptr;
    QLineEdit *m_to = nullptr;
    QLabel *m_problem = nullptr;
    Popover *m_card = nullptr;
};

} // namespace Counterfoil

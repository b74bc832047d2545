#pragma once

#include "askflag.h"
#include "boughtitems.h"
#include "error.h"
#include "panecontext.h"
#include "quote.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <deque>
#include <optional>

namespace Counterfoil {

// What one item costs an account today and where it is, asked for a moment after it was chosen and again
// while it is looked at. Without an answer, what was last told stands, in an earlier run too, or what was
// last paid; either says how old it is. GUI thread.
class ItemPrices final : public QObject
{
    Q_OBJECT
public:
    static constexpr int restMs = 250;     // after another item was chosen, before it is asked about
    static constexpr int againMs = 30'000; // while it is looked at
    static constexpr std::size_t rememberedMost = 500;

    explicit ItemPrices(const PaneContext &context, QObject *parent = nullptr);
    ~ItemPrices() override;

    void setWatched(bool watched); // nobody looks: nothing is asked
    // Of that many; an empty account or SKU: of nothing.
    void setItem(const std::string &account, const std::string &sku, Decimal quantity);

    struct Told
    {
        std::string account;
        std::string currency;
        Instant at;
        QuoteLine line;
    };
    const std::optional<Told> &told() const { return m_told; } // for the item, if ever
    bool isCurrent() const { return m_current; }               // told for just this, a moment ago
    bool isAsking() const { return m_number != 0 || m_rest.isActive(); }
    const QString &problem() const { return m_problem; } // why there is nothing newer; may be empty
    const std::optional<PastPurchase> &lastPaid() const { return m_lastPaid; }

Q_SIGNALS:
    void changed();

private:
    void ask();
    void readKnown();
    void take(const Quote &quote);

    const PaneContext m_context;
    std::string m_account;
    std::string m_sku;
    Decimal m_quantity;
    bool m_watched = false;
    bool m_current = false;
    quint64 m_number = 0; // of the question; 0: none is under way
    QString m_problem;
    std::optional<Told> m_told;
    std::optional<PastPurchase> m_lastPaid;
    std::deque<Told> m_remembered; // in this run, the last told at the end
    QTimer m_rest;
    QTimer m_again;
    AskFlag m_reading;
};

} // namespace Counterfoil

#pragma once

#include "readnotes.h"
#include "toldprices.h"

#include <QElapsedTimer>
#include <QHash>

#include <deque>
#include <optional>

namespace Counterfoil {

class QuotePort;

struct ItemNote
{
    std::string sku;
    Decimal minimum;
    std::optional<ToldPrice> told; // last, before this run too
    QString ownNumber;
    QString foundBy;
};

// What a list of items says beside their fields: what an account itself calls each, and by what it was found
// where that is not seen in the row, and what it costs an account with what of it can be promised. Reads what
// views ask for, and again what changed.
class ItemNotes final : public ReadNotes<ItemNote>
{
    Q_OBJECT
public:
    explicit ItemNotes(CacheReaders &readers, QObject *parent = nullptr);

    static constexpr std::size_t askedAtOnce = 50; // of the rows that are looked at, the last
    static constexpr int restMs = 500;             // after rows came into sight, before they are asked about
    static constexpr qint64 freshMs = 600'000;     // is not asked about again

    // Prices are those of the account; asked for by `quotes`, or null: those that were told before.
    void priceFor(const std::string &account, QuotePort *quotes);

    enum Place { OwnNumber, FoundBy, UnitPrice, Available };
    QList<Column> columns() const override;
    QVariant data(qint64 row, int column, int role) const override;

protected:
    std::function<Read(CacheReader &)> reading(Rows rows) const override;
    void forgetText(ItemNote &note) const override { note.foundBy.clear(); }

private:
    QVariant priceData(qint64 row, const ItemNote &note, int column, int role) const;
    void wantPrice(qint64 row, const ItemNote &note) const;
    void ask();
    void take(const Quote &quote);

    AskFlag m_warming;
    std::string m_account;
    QuotePort *m_quotes = nullptr;
    quint64 m_number = 0; // of the question under way; 0: none
    struct Asked
    {
        qint64 row = 0;
        qint64 at = 0; // ms of m_since
    };
    mutable QHash<QString, Asked> m_asked; // of the account, by SKU; at most rowsMost
    mutable std::deque<QuoteWish> m_wishes;
    QHash<QString, ToldPrice> m_told; // in answer to those
    mutable QTimer m_rest;
    QElapsedTimer m_since;
};

} // namespace Counterfoil

#pragma once

#include "readnotes.h"

namespace Counterfoil {

struct ItemNote
{
    QString ownNumber;
    QString foundBy;
};

// What a list of items says beside their fields: what an account itself calls each, and by what it was found
// where that is not seen in the row. Reads what views ask for, and again what changed.
class ItemNotes final : public ReadNotes<ItemNote>
{
    Q_OBJECT
public:
    explicit ItemNotes(CacheReaders &readers, QObject *parent = nullptr);

    enum Place { OwnNumber, FoundBy };
    QList<Column> columns() const override;
    QVariant data(qint64 row, int column, int role) const override;

protected:
    std::function<Read(CacheReader &)> reading(Rows rows) const override;
    void forgetText(ItemNote &note) const override { note.foundBy.clear(); }

private:
    AskFlag m_warming;
};

} // namespace Counterfoil

#pragma once

#include "filetexts.h"
#include "readnotes.h"

namespace Counterfoil {

struct DocumentNote
{
    FileFacts facts;
    QString account;
};

// What a list of documents says beside their fields: where in each the words are, whose it is, and whether it
// is on this computer. Reads what views ask for, and again what changed.
class DocumentNotes final : public ReadNotes<DocumentNote>
{
    Q_OBJECT
public:
    explicit DocumentNotes(CacheReaders &readers, QObject *parent = nullptr);

    enum Place { Inside, Owner, Here };
    QList<Column> columns() const override;
    QVariant data(qint64 row, int column, int role) const override;

protected:
    std::function<Read(CacheReader &)> reading(Rows rows) const override;
    void forgetText(DocumentNote &note) const override;

private:
    QVariant inside(const FileFacts &facts, int role) const;
};

} // namespace Counterfoil

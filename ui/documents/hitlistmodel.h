#pragma once

#include "documentfind.h"

#include <QAbstractListModel>

namespace Counterfoil {

// The hits of a search as rows, as they are found.
class HitListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        PageRole = Qt::UserRole + 1, // from 0
        LineRole,                    // what stands around the hit
        BeginRole,                   // of the hit in it, characters
        LengthRole,
    };

    HitListModel(const DocumentFind &find, QObject *parent);

    int rowCount(const QModelIndex &parent) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    DocumentFind::Hit hit(int row) const { return m_hits[static_cast<std::size_t>(row)]; }

private:
    void clear();
    void add(int page);

    const DocumentFind &m_find;
    std::vector<DocumentFind::Hit> m_hits; // by row
};

} // namespace Counterfoil

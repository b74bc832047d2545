#pragma once

#include "plaintipdelegate.h"

namespace Counterfoil {

// Paints an entry: what is asked for and how it stands, for whom and when, and in whole sentences what
// happened to it. Reads the roles in outboxwords.h alone. As wide as the view; high enough for all of it.
class OutboxDelegate final : public PlainTipDelegate
{
    Q_OBJECT
public:
    explicit OutboxDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Counterfoil

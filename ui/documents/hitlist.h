#pragma once

#include "documentfind.h"

#include <QListView>

namespace Counterfoil {

class HitListModel;

// Every place where the words stand that are sought, each with what stands around it; leads there.
class HitList final : public QListView
{
    Q_OBJECT
public:
    HitList(DocumentFind &find, QWidget *parent);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void follow();

    DocumentFind &m_find;
    HitListModel *m_model;
    bool m_following = false; // the current hit is told, not chosen
};

} // namespace Counterfoil

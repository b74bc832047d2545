#pragma once

#include "accountfigures.h"

#include <QWidget>

namespace Counterfoil {

class AgeingModel;
class ListPane;
struct PaneContext;

// What is open of the list's accounts and for how long, above the list; a part that is clicked restricts
// the list to it.
class AgeingFilter final : public QWidget
{
    Q_OBJECT
public:
    AgeingFilter(const PaneContext &context, ListPane &list);

    static void restrictTo(Ageing::Bucket bucket, ListPane &list); // a list of invoices, to that part alone

private:
    ListPane &m_list;
    AgeingModel *m_model;
};

} // namespace Counterfoil

#include "ageingfilter.h"

#include "ageingbar.h"
#include "ageingmodel.h"
#include "hairline.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "recordheader.h"
#include "tokens.h"

#include <QFrame>
#include <QVBoxLayout>

namespace Counterfoil {

AgeingFilter::AgeingFilter(const PaneContext &context, ListPane &list)
    : QWidget(&list)
    , m_list(list)
    , m_model(new AgeingModel(context.readers, context.clock, this))
{
    auto *bar = new AgeingBar(*m_model, AgeingBar::Detail::Compact, 1, this);
    bar->setCursor(Qt::PointingHandCursor);
    auto *inset = new QVBoxLayout;
    inset->setContentsMargins(RecordHeader::edgePadding, Space::medium, RecordHeader::edgePadding,
                              Space::medium);
    inset->addWidget(bar);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(inset);
    layout->addWidget(hairline(this));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_model->setAccounts(list.accounts());
    connect(&list, &ListPane::accountsChanged, this, [this] { m_model->setAccounts(m_list.accounts()); });
    connect(bar, &AgeingBar::chosen, this, [this](Ageing::Bucket bucket) { restrictTo(bucket, m_list); });
}

void AgeingFilter::restrictTo(Ageing::Bucket bucket, ListPane &list)
{
    const QDate today = QDate(1970, 1, 1).addDays(list.today().daysSinceEpoch);
    ListFilterBar &filters = list.filters();
    filters.clear();
    filters.setToggle(QStringLiteral("unpaid"));
    const QString due = QStringLiteral("dueOn");
    switch (bucket) {
    case Ageing::NotDue:
        return filters.setDates(due, today, {});
    case Ageing::To30:
        return filters.setDates(due, today.addDays(-30), today.addDays(-1));
    case Ageing::To60:
        return filters.setDates(due, today.addDays(-60), today.addDays(-31));
    case Ageing::Beyond:
        return filters.setDates(due, {}, today.addDays(-61));
    case Ageing::Count:
        break;
    }
}

} // namespace Counterfoil

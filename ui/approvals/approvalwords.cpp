#include "approvalwords.h"

#include "display.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

class ApprovalText
{
    Q_DECLARE_TR_FUNCTIONS(ApprovalWords)
};

} // namespace

QString endOf(const Approval &approval)
{
    const QString name
        = approval.name.empty() ? Display::text(approval.number) : Display::text(approval.name);
    const QString who = approval.steps.empty() ? QString() : Display::text(approval.steps.back().name);
    if (approval.status == "approved")
        return ApprovalText::tr("%1 approved “%2”: it is ordered.", "a person, a cart's name").arg(who, name);
    if (approval.status == "refused")
        return ApprovalText::tr("%1 refused “%2”: %3", "a person, a cart's name, what they said")
            .arg(who, name, Display::text(approval.comment));
    if (approval.status == "returned")
        return ApprovalText::tr("“%1” was approved, and came back: it is not as you saw it any more.")
            .arg(name);
    return {}; // who took it back knows
}

} // namespace Counterfoil

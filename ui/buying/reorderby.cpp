#include "reorderby.h"

#include "choicefield.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

class ReorderByText
{
    Q_DECLARE_TR_FUNCTIONS(ReorderBy)
};

constexpr int fieldDigits = 24;

} // namespace

void offerReorderBy(ChoiceField &field)
{
    field.setAccessibleName(ReorderByText::tr("Quantities to order again"));
    field.setToolTip(ReorderByText::tr("In which quantities Ctrl+R orders the chosen items again"));
    field.setChoices({{QStringLiteral("usual"), ReorderByText::tr("Usual quantity")},
                      {QStringLiteral("last"), ReorderByText::tr("As last time")},
                      {QStringLiteral("packs"), ReorderByText::tr("Whole packs")}});
    field.setValue(QStringLiteral("usual"));
    field.setMaximumWidth(fieldDigits * field.fontMetrics().horizontalAdvance(QLatin1Char('0')));
}

ReorderBy reorderByOf(const ChoiceField &field)
{
    const QString by = field.value();
    return by == QLatin1String("packs") ? ReorderBy::Packs
        : by == QLatin1String("last")   ? ReorderBy::Last
                                        : ReorderBy::Usual;
}

} // namespace Counterfoil

#pragma once

#include "detailpane.h"

namespace Counterfoil {

class LinesModel;
class LinesView;
struct Payment;

// Everything about one payment: how it came, what it was applied to, and its receipt among what it leads to.
class PaymentDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit PaymentDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    void focusBody() override;

protected:
    void showRecord() override;
    void showFacts() override;

private:
    void showParts(const Payment &payment);

    LinesModel *m_partsModel;
    LinesView *m_parts;
    Section m_partsSection;
};

} // namespace Counterfoil

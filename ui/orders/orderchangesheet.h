#pragma once

#include "formsheet.h"
#include "order.h"

namespace Counterfoil {

class FormField;

// What somebody wants changed about an order that was placed: fewer of a line, none of it, another day, or
// nothing of it at all. The supplier decides; here stands what it said was still possible.
class OrderChangeSheet final : public FormSheet
{
    Q_OBJECT
public:
    OrderChangeSheet(QWidget *window, const Order &order);

    // Why nothing of it can be changed: a sentence; empty: something can.
    static QString obstacle(const Order &order);

    void open();
    FormField &day() const { return *m_body.day; }
    FormField &quantity(std::size_t line) const { return *m_body.quantities[static_cast<qsizetype>(line)]; }
    void cancelAll();

Q_SIGNALS:
    void changeWanted(const Counterfoil::Order &base, const Counterfoil::Order &wanted);
    void cancelWanted();

protected:
    bool isTyped() const override;
    void save() override;

private:
    struct Body
    {
        QWidget *widget = nullptr;
        FormField *day = nullptr;
        QList<FormField *> quantities; // a line each
        FormField *all = nullptr;
    };
    OrderChangeSheet(QWidget *window, const Order &order, const Body &body);
    static Body build(const Order &order);

    const Order m_order;
    const Body m_body;
};

} // namespace Counterfoil

#pragma once

#include "formsheet.h"
#include "outgoingdocument.h"
#include "printstep.h"

namespace Counterfoil {

class FormField;

// On which printer, which pages, how often and how large.
class PrintSheet final : public FormSheet
{
    Q_OBJECT
public:
    PrintSheet(QWidget *window, const OutgoingSet &set);

    void open();
    // Once the system has named its printers; until then the sheet says that they are looked for.
    void setPrinters(const QStringList &printers, const QString &usual);

Q_SIGNALS:
    void wanted(const Counterfoil::PrintStep::Order &order);

protected:
    bool isTyped() const override { return false; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        FormField *printer;
        FormField *pages;
        FormField *copies;
        FormField *size;
    };
    PrintSheet(QWidget *window, const OutgoingSet &set, const Body &body);
    static Body build(const OutgoingSet &set);

    const Body m_body;
};

} // namespace Counterfoil

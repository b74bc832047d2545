#pragma once

#include "printport.h"

#include <QObject>

namespace Counterfoil {

// The printers that the system knows: CUPS on Linux and macOS, the spooler on Windows (where nobody has tried
// it yet).
class SystemPrinters final : public QObject, public PrinterDoor
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "counterfoil.PrinterDoor/1")
    Q_INTERFACES(Counterfoil::PrinterDoor)
public:
    QStringList printers() const override;
    QString usualPrinter() const override;
    std::unique_ptr<PrintedPaper> paper() const override;
};

} // namespace Counterfoil

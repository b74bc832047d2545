#pragma once

#include "error.h"

#include <QImage>
#include <QRectF>
#include <QStringList>
#include <QtPlugin>

#include <memory>

namespace Counterfoil {

// One document on its way to a printer, sheet by sheet. Used by one thread at a time, which need not be the
// window's; a printer may keep it waiting. Sizes are in points.
class PrintedPaper
{
public:
    virtual ~PrintedPaper() = default;

    virtual bool begin(const QString &printer, const QString &title, int copies, int dotsPerInch,
                       bool landscape)
        = 0;
    virtual bool nextSheet(bool landscape) = 0;
    virtual QSizeF area() const = 0;                                 // of the sheet, that the printer reaches
    virtual void draw(const QImage &image, const QRectF &place) = 0; // within that area
    virtual bool end() = 0;                                          // and the printer has it
    virtual void abort() = 0;
};

// The system's printers. What prints is loaded when it is first used, since few people print, and less often
// than they look.
class PrinterDoor
{
public:
    virtual ~PrinterDoor() = default;

    virtual QStringList printers() const = 0; // may take seconds, for any thread
    virtual QString usualPrinter() const = 0; // likewise; empty: none
    virtual std::unique_ptr<PrintedPaper> paper() const = 0;
};

} // namespace Counterfoil

Q_DECLARE_INTERFACE(Counterfoil::PrinterDoor, "counterfoil.PrinterDoor/1")

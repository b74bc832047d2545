#include "systemprinters.h"

#include <QPageLayout>
#include <QPainter>
#include <QPrinter>
#include <QPrinterInfo>

namespace Counterfoil {

namespace {

constexpr double pointsPerInch = 72;

class SystemPaper final : public PrintedPaper
{
public:
    bool begin(const QString &printer, const QString &title, int copies, int dotsPerInch,
               bool landscape) override
    {
        m_printer = std::make_unique<QPrinter>(QPrinterInfo::printerInfo(printer), QPrinter::HighResolution);
        if (!m_printer->isValid())
            return false;
        m_printer->setDocName(title);
        m_printer->setCreator(QStringLiteral("Counterfoil"));
        m_printer->setCopyCount(copies);
        m_printer->setResolution(dotsPerInch);
        turn(landscape);
        if (!m_painter.begin(m_printer.get()))
            return false;
        // What is on a page is text for the most part, which JPEG would smear.
        m_painter.setRenderHint(QPainter::LosslessImageRendering);
        return true;
    }
    bool nextSheet(bool landscape) override
    {
        turn(landscape);
        return m_printer->newPage();
    }
    QSizeF area() const override { return m_printer->pageLayout().paintRect(QPageLayout::Point).size(); }
    void draw(const QImage &image, const QRectF &place) override
    {
        const double dots = m_printer->resolution() / pointsPerInch;
        m_painter.drawImage(QRectF(place.topLeft() * dots, place.size() * dots), image);
    }
    bool end() override { return m_painter.end() && m_printer->printerState() != QPrinter::Error; }
    void abort() override
    {
        m_printer->abort();
        m_painter.end();
    }

private:
    void turn(bool landscape)
    {
        m_printer->setPageOrientation(landscape ? QPageLayout::Landscape : QPageLayout::Portrait);
    }

    std::unique_ptr<QPrinter> m_printer; // before what paints on it
    QPainter m_painter;
};

} // namespace

QStringList SystemPrinters::printers() const
{
    return QPrinterInfo::availablePrinterNames();
}

QString SystemPrinters::usualPrinter() const
{
    return QPrinterInfo::defaultPrinterName();
}

std::unique_ptr<PrintedPaper> SystemPrinters::paper() const
{
    return std::make_unique<SystemPaper>();
}

} // namespace Counterfoil

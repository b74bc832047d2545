#include "printsheet.h"

#include "formfield.h"
#include "outgoingwords.h"
#include "tonelabel.h"

#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int printSheetDigits = 52;
constexpr char fit[] = "fit";
constexpr char actual[] = "actual";

} // namespace

PrintSheet::Body PrintSheet::build(const OutgoingSet &set)
{
    Body body{};
    body.widget = new QWidget;
    body.printer = new FormField(FormField::Kind::Choice, tr("Printer"), body.widget);
    body.pages = new FormField(FormField::Kind::Line, tr("Pages of each document"), body.widget);
    body.pages->setHint(tr("All, or for example 1-3, 7"));
    if (set.pages.size() > 1) // one is only the one that is read
        body.pages->setValue(OutgoingWords::rangesOf(set.pages).join(QStringLiteral(", ")));
    body.copies = new FormField(FormField::Kind::Line, tr("Copies"), body.widget);
    body.copies->setValue(QStringLiteral("1"));
    body.size = new FormField(FormField::Kind::Choice, tr("Size"), body.widget);
    body.size->setChoices(
        {{QLatin1String(fit), tr("Fit the paper"), {}}, {QLatin1String(actual), tr("Actual size"), {}}});
    body.size->setValue(QLatin1String(fit));
    auto *left = new ToneLabel(body.widget);
    left->tell(OutgoingWords::leftOut(set.without), Tone::Warn);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    for (QWidget *part : {body.printer, body.pages, body.copies, body.size})
        layout->addWidget(part);
    layout->addWidget(left);
    return body;
}

PrintSheet::PrintSheet(QWidget *window, const OutgoingSet &set)
    : PrintSheet(window, set, build(set))
{ }

PrintSheet::PrintSheet(QWidget *window, const OutgoingSet &set, const Body &body)
    : FormSheet(window,
                tr("Print %1", "a document, or so many of them")
                    .arg(set.documents.size() == 1 ? OutgoingWords::nameOf(set.documents.front())
                                                   : OutgoingWords::countOf(set.documents.size())),
                body.widget, printSheetDigits, tr("Print"))
    , m_body(body)
{
    setEnterSaves(true);
    m_body.printer->tell(tr("Looking for printers…"), Tone::Neutral);
}

void PrintSheet::open()
{
    FormSheet::open(m_body.pages->editor());
}

void PrintSheet::setPrinters(const QStringList &printers, const QString &usual)
{
    QList<Choice> choices;
    for (const QString &name : printers)
        choices.append({name, name, {}});
    m_body.printer->setChoices(choices);
    m_body.printer->clearNote();
    if (printers.isEmpty())
        m_body.printer->tell(
            tr("This computer has no printer. Add one in the system’s settings, then try again."), Tone::Bad);
    else
        m_body.printer->setValue(printers.contains(usual) ? usual : printers.first());
}

void PrintSheet::save()
{
    PrintStep::Order order;
    order.printer = m_body.printer->value();
    order.copies = m_body.copies->value().trimmed().toInt();
    order.pages = PrintStep::rangesIn(m_body.pages->value());
    order.actualSize = m_body.size->value() == QLatin1String(actual);
    FormField *wrong = nullptr;
    if (order.printer.isEmpty()) {
        wrong = m_body.printer;
        wrong->tell(tr("Choose a printer."), Tone::Bad);
    } else if (order.pages.empty()) {
        wrong = m_body.pages;
        wrong->tell(tr("Write pages, or the first and the last of some, as 2-5, 9."), Tone::Bad);
    } else if (order.copies < 1 || order.copies > PrintStep::mostCopies) {
        wrong = m_body.copies;
        wrong->tell(tr("From 1 to %1.").arg(PrintStep::mostCopies), Tone::Bad);
    }
    if (wrong)
        return wrong->editor()->setFocus(Qt::OtherFocusReason);
    end();
    Q_EMIT wanted(order);
}

} // namespace Counterfoil

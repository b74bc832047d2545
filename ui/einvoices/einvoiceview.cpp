#include "einvoiceview.h"

#include "einvoicereading.h"
#include "einvoicesheet.h"
#include "einvoicewords.h"
#include "findingslist.h"
#include "recordheader.h"
#include "statepanel.h"
#include "style.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>

namespace Counterfoil {

EInvoiceView::EInvoiceView(EInvoiceReading &reading, QWidget *parent)
    : QWidget(parent)
    , m_reading(reading)
    , m_scroll(new QScrollArea(this))
    , m_profile(new QLabel)
    , m_save(new QPushButton(tr("Save the XML…")))
{
    constexpr int margin = RecordHeader::edgePadding;
    setAccessibleName(tr("E-invoice"));
    auto *content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(0, Space::medium, 0, 0);
    m_body->setSpacing(0);
    Type::set(*m_profile, Type::Role::CaptionStrong);
    Type::setMuted(*m_profile);
    m_profile->setTextFormat(Qt::PlainText);
    m_profile->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setLook(*m_save, ButtonLook::Quiet);
    m_outcome = new QLabel;
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setWordWrap(true);
    Type::setMuted(*m_outcome);
    m_outcome->hide();
    m_findings = new FindingsList(content);
    auto *first = new QHBoxLayout;
    first->addWidget(m_profile, 1);
    first->addWidget(m_save);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(margin, 0, margin, 0);
    top->setSpacing(Space::small);
    top->addLayout(first);
    top->addWidget(m_outcome);
    top->addWidget(m_findings);
    m_body->addLayout(top);
    m_body->addStretch();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // as in a detail
    m_scroll->setWidget(content);
    m_scroll->setAccessibleName(tr("What the e-invoice says"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    setFocusProxy(m_scroll);
    m_state = new StatePanel(this);
    connect(m_save, &QPushButton::clicked, this, &EInvoiceView::save);
    connect(m_state, &StatePanel::actionChosen, this, &EInvoiceView::save);
    connect(&reading, &EInvoiceReading::changed, this, &EInvoiceView::follow);
    connect(this, &EInvoiceView::saved, this, [this](const QString &file) {
        m_outcome->setText(tr("Saved as %1.").arg(QDir::toNativeSeparators(file)));
        m_outcome->show();
    });
    connect(this, &EInvoiceView::saveFailed, this, [this](const QString &sentence) {
        m_outcome->setText(sentence);
        m_outcome->show();
    });
    showState();
}

void EInvoiceView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

void EInvoiceView::follow()
{
    showState();
    if (isVisible() && m_reading.state() == EInvoiceReading::State::Here)
        showReport();
}

void EInvoiceView::showReport()
{
    const EInvoiceReport &report = m_reading.report();
    m_profile->setText(EInvoiceWords::profile(*report.invoice));
    m_profile->setToolTip(plainToolTip(report.invoice->profile));
    m_findings->setReport(report);
    if (m_shown == report.invoice.get())
        return; // checked again; what it says is the same
    m_shown = report.invoice.get();
    m_outcome->hide();
    delete m_sheet;
    m_sheet = new EInvoiceSheet(*report.invoice, m_scroll->widget());
    m_body->insertWidget(1, m_sheet, 1);
    m_scroll->verticalScrollBar()->setValue(0);
}

void EInvoiceView::showState()
{
    using State = EInvoiceReading::State;
    switch (m_reading.state()) {
    case State::None:
        m_state->tell(Icons::Icon::Empty, tr("No e-invoice"),
                      tr("This document has no e-invoice in it that could be read by a program."));
        break;
    case State::Looking:
        m_state->tell(Icons::Icon::Empty, tr("Reading the e-invoice…"), {});
        break;
    case State::Unreadable:
        m_state->tell(Icons::Icon::Warning, tr("The e-invoice cannot be read"), m_reading.error().userText,
                      m_reading.xml().isEmpty() ? QString() : tr("Save the XML…"));
        break;
    case State::Here:
        m_state->dismiss();
        break;
    }
    if (m_reading.state() != State::Here)
        m_shown = nullptr;
}

void EInvoiceView::save()
{
    if (m_reading.xml().isEmpty())
        return;
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    auto *dialog = new QFileDialog(this, tr("Save the e-invoice’s XML"),
                                   folder.filePath(m_reading.suggestedName()), tr("XML files (*.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("xml"));
    dialog->selectFile(m_reading.suggestedName());
    connect(dialog, &QFileDialog::fileSelected, this, &EInvoiceView::saveTo);
    dialog->open();
}

// Beside: the place may be on a slow disk or a network.
void EInvoiceView::saveTo(const QString &file)
{
    const bool begun = m_saves.start([this, file, xml = m_reading.xml()]() -> SideThread::Then {
        QSaveFile saving(file);
        const bool done
            = saving.open(QIODevice::WriteOnly) && saving.write(xml) == xml.size() && saving.commit();
        return [this, file, done, why = saving.errorString()] {
            if (done)
                Q_EMIT saved(file);
            else
                Q_EMIT saveFailed(tr("It could not be saved there: %1. Choose another place.").arg(why));
        };
    });
    if (!begun)
        Q_EMIT saveFailed(tr("Earlier copies are still being saved. Wait until one of them is done."));
}

} // namespace Counterfoil

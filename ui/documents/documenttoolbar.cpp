#include "documenttoolbar.h"

#include "actionbutton.h"
#include "flowlayout.h"
#include "icons.h"
#include "pill.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAction>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

QString percent(double zoom)
{
    return DocumentToolbar::tr("%1 %", "how large a page is shown")
        .arg(QLocale().toString(static_cast<int>(std::lround(zoom * 100))));
}

} // namespace

const QList<double> &DocumentToolbar::zoomSteps()
{
    static const QList<double> steps{0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1,   1.1, 1.25,
                                     1.5, 1.75, 2,    2.5, 3,    4,    5,   6.4, 8};
    return steps;
}

DocumentToolbar::DocumentToolbar(const Buttons &buttons, QWidget *parent)
    : QWidget(parent)
    , m_page(new QLineEdit(this))
    , m_numbers(new QIntValidator(1, 1, this))
    , m_count(new QLabel(this))
    , m_zoom(new QPushButton(this))
    , m_einvoice(new Pill(this))
    , m_caution(new QPushButton(this))
{
    m_page->setAlignment(Qt::AlignCenter);
    m_page->setValidator(m_numbers);
    m_page->setAccessibleName(tr("Page number"));
    m_page->installEventFilter(this);
    m_page->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    Type::setMuted(*m_count);
    m_zoom->setFocusPolicy(Qt::TabFocus);
    setLook(*m_zoom, ButtonLook::Quiet);
    m_zoom->setToolTip(tr("Choose how large the pages are"));
    auto *spare = new QWidget(this);
    spare->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *layout = new FlowLayout(2, this);
    layout->setContentsMargins(Space::small, Space::unit, Space::small, Space::unit + 1);
    for (QAction *action : buttons.leading)
        layout->addWidget(buttonFor(action, this));
    layout->addWidget(m_page);
    layout->addWidget(m_count);
    layout->addWidget(spare);
    layout->addWidget(buttonFor(buttons.zoomOut, this));
    layout->addWidget(m_zoom);
    layout->addWidget(buttonFor(buttons.zoomIn, this));
    for (QAction *action : buttons.trailing)
        layout->addWidget(buttonFor(action, this));

    layout->addWidget(m_einvoice);
    m_einvoice->setFocusPolicy(Qt::TabFocus);
    m_einvoice->hide();
    connect(m_einvoice, &QAbstractButton::clicked, this, &DocumentToolbar::einvoiceWanted);
    layout->addWidget(m_caution);
    m_caution->setIcon(Icons::icon(Icons::Icon::Warning));
    m_caution->setFocusPolicy(Qt::TabFocus);
    setLook(*m_caution, ButtonLook::Quiet);
    m_caution->hide();
    connect(m_caution, &QPushButton::clicked, this, [this] {
        QToolTip::showText(m_caution->mapToGlobal(QPoint(0, m_caution->height())), m_caution->toolTip(),
                           m_caution);
    });

    QMenu *menu = makeZoomMenu(buttons.menu);
    connect(m_zoom, &QPushButton::clicked, this,
            [this, menu] { menu->popup(m_zoom->mapToGlobal(QPoint(0, m_zoom->height() + 2))); });
    connect(m_page, &QLineEdit::returnPressed, this, &DocumentToolbar::takePage);
    connect(m_page, &QLineEdit::editingFinished, this, &DocumentToolbar::showPage);
    setPages(0);
    setZoom(1);
}

void DocumentToolbar::addTool(QAction *action)
{
    layout()->addWidget(buttonFor(action, this));
    for (QWidget *last : {static_cast<QWidget *>(m_einvoice), static_cast<QWidget *>(m_caution)}) {
        layout()->removeWidget(last);
        layout()->addWidget(last);
    }
}

QMenu *DocumentToolbar::makeZoomMenu(const QList<QAction *> &actions)
{
    auto *menu = new QMenu(this);
    for (QAction *action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->addSeparator();
    for (const double zoom : {0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0})
        connect(menu->addAction(percent(zoom)), &QAction::triggered, this,
                [this, zoom] { Q_EMIT zoomWanted(zoom); });
    return menu;
}

void DocumentToolbar::setEInvoice(const QString &text, const QString &meaning, Tone tone)
{
    m_einvoice->setText(text);
    m_einvoice->setToolTip(meaning);
    m_einvoice->setAccessibleName(text);
    m_einvoice->setAccessibleDescription(meaning);
    m_einvoice->setTone(tone);
    m_einvoice->setVisible(!text.isEmpty());
}

void DocumentToolbar::setCaution(const QString &text)
{
    m_caution->setToolTip(text);
    m_caution->setAccessibleName(text);
    m_caution->setVisible(!text.isEmpty());
}

void DocumentToolbar::setPages(int count)
{
    m_pages = count;
    m_numbers->setTop(std::max(1, count));
    m_page->setVisible(count > 0);
    m_count->setVisible(count > 0);
    m_zoom->setEnabled(count > 0);
    m_count->setText(
        count > 0
            ? tr("of %1", "after the number of a page: how many there are").arg(QLocale().toString(count))
            : QString());
    fitPageField();
    setCurrentPage(0);
}

void DocumentToolbar::fitPageField()
{
    const auto digits = std::max(qsizetype(2), QString::number(m_pages).size());
    m_page->setFixedWidth(m_page->fontMetrics().horizontalAdvance(QString(digits, QLatin1Char('0')))
                          + 2 * Space::large);
}

void DocumentToolbar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitPageField();
}

void DocumentToolbar::setCurrentPage(int page)
{
    m_current = page;
    if (!m_page->hasFocus() || m_pages == 0)
        showPage();
}

void DocumentToolbar::setZoom(double zoom)
{
    m_zoom->setText(percent(zoom));
    m_zoom->setAccessibleName(tr("Pages are shown at %1").arg(percent(zoom)));
}

void DocumentToolbar::editPage()
{
    m_page->setFocus(Qt::ShortcutFocusReason);
    m_page->selectAll();
}

void DocumentToolbar::showPage()
{
    m_page->setText(m_pages > 0 ? QString::number(m_current + 1) : QString());
}

void DocumentToolbar::takePage()
{
    bool isNumber = false;
    const int page = m_page->text().toInt(&isNumber);
    if (isNumber)
        Q_EMIT pageWanted(page - 1);
}

bool DocumentToolbar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        showPage();
        Q_EMIT left();
        return true;
    }
    if (event->type() == QEvent::FocusOut)
        showPage(); // a number that was not confirmed is none
    return QWidget::eventFilter(watched, event);
}

void DocumentToolbar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

} // namespace Counterfoil

#include "detailheading.h"

#include "flowlayout.h"
#include "recordheader.h"
#include "statuschip.h"
#include "style.h"
#include "tooltip.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>

namespace Counterfoil {

DetailHeading::DetailHeading(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_chip(new StatusChip(this))
    , m_subtitle(new QLabel(this))
    , m_buttons(new QWidget(this))
{
    Type::set(*m_title, Type::Role::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setAccessibleName(name);
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setWordWrap(true);
    m_subtitle->setMinimumWidth(1); // a reference without a break never widens the pane
    Type::setMuted(*m_subtitle);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    buttons->addStretch();
    m_buttons->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *first = new FlowLayout(Space::medium);
    first->addWidget(m_title);
    first->addWidget(m_chip);
    first->addWidget(m_buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(RecordHeader::edgePadding, Space::medium, Space::medium, Space::small);
    layout->setSpacing(1);
    layout->addLayout(first);
    layout->addWidget(m_subtitle);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
}

void DetailHeading::setWords(const QString &number, const QString &subtitle, const QString &fullForm)
{
    m_title->setText(number);
    m_subtitle->setText(subtitle);
    m_subtitle->setToolTip(plainToolTip(fullForm));
}

void DetailHeading::addButton(QPushButton *button)
{
    setLook(*button, ButtonLook::Quiet);
    button->setParent(m_buttons);
    m_buttons->layout()->addWidget(button);
}

QSize DetailHeading::sizeHint() const
{
    const int wanted = layout()->totalSizeHint().width();
    return {wanted, layout()->totalHeightForWidth(width() > 0 ? width() : wanted)};
}

void DetailHeading::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (sizeHint().height() != height())
        updateGeometry();
}

} // namespace Counterfoil

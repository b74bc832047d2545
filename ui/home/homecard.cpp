#include "homecard.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace Counterfoil {

HomeCard::HomeCard(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_note(new QLabel(this))
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(title);
    Type::set(*m_title, Type::Role::CaptionStrong);
    Type::setMuted(*m_title);
    Type::set(*m_note, Type::Role::Caption);
    Type::setMuted(*m_note);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(padding, 0, padding, 0);
    head->setSpacing(Space::medium);
    head->addWidget(m_title);
    head->addWidget(m_note, 1);
    m_layout->setContentsMargins(0, Space::medium, 0, Space::medium);
    m_layout->setSpacing(Space::small);
    m_layout->addLayout(head);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void HomeCard::add(QWidget *content, int sideMargin)
{
    auto *box = new QHBoxLayout;
    box->setContentsMargins(sideMargin, 0, sideMargin, 0);
    box->addWidget(content);
    m_layout->addLayout(box);
}

void HomeCard::setNote(const QString &text)
{
    m_note->setText(text);
}

QString HomeCard::title() const
{
    return m_title->text();
}

void HomeCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, rect(), Radius::card, t.panel, t.line);
}

} // namespace Counterfoil

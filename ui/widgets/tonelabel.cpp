#include "tonelabel.h"

#include "type.h"

#include <QEvent>

namespace Counterfoil {

ToneLabel::ToneLabel(QWidget *parent)
    : QLabel(parent)
{
    Type::set(*this, Type::Role::Caption);
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    hide();
}

void ToneLabel::tell(const QString &text, Tone tone)
{
    m_tone = tone;
    setText(text);
    setAccessibleName(text);
    colour();
    setVisible(!text.isEmpty());
}

void ToneLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void ToneLabel::colour()
{
    QPalette colours = palette();
    const Tokens &t = Tokens::of(colours);
    const QColor wanted = m_tone == Tone::Neutral ? t.muted : t.tone(m_tone).text;
    if (colours.color(QPalette::WindowText) == wanted)
        return;
    colours.setColor(QPalette::WindowText, wanted);
    setPalette(colours);
}

} // namespace Counterfoil

#pragma once

#include "tokens.h"

#include <QLabel>

namespace Counterfoil {

// Wrapped words in the colour of a tone, small, hidden while there are none.
class ToneLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit ToneLabel(QWidget *parent = nullptr);

    void tell(const QString &text, Tone tone);
    Tone tone() const { return m_tone; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    Tone m_tone = Tone::Neutral;
};

} // namespace Counterfoil

#pragma once

#include "tokens.h"

#include <QAbstractButton>

namespace Counterfoil {

// A round-ended button that tells a state with a dot, words and colour.
class Pill final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Pill(QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
};

// On or off, as a sliding switch with its words beside it.
class Switch final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Switch(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Counterfoil

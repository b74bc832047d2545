#pragma once

#include "tokens.h"

#include <QWidget>

namespace Counterfoil {

// A state as symbol, words and colour: never colour alone.
class StatusChip final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusChip(QWidget *parent = nullptr);

    void setState(const QString &text, const QString &symbol, Tone tone); // hidden while the text is empty
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    // The same for delegates: starting at the left or right edge of `cell`, vertically centred. Too
    // narrow a cell elides the words.
    static void paint(QPainter &painter, const QRect &cell, Qt::Alignment alignment, const Tokens &tokens,
                      const QString &text, const QString &symbol, Tone tone);
    static QSize sizeFor(const QString &text, const QString &symbol);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_symbol;
    Tone m_tone = Tone::Neutral;
};

} // namespace Counterfoil

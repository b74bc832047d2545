#pragma once

#include <QAbstractButton>

namespace Counterfoil {

// Words in the accent colour that lead somewhere, underlined while they are pointed at or have the focus.
class TextLink final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit TextLink(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Counterfoil

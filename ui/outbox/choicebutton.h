#pragma once

#include <QAbstractButton>

namespace Counterfoil {

// One of two values to choose between, in full: a dot that says whether it is the chosen one, and the value
// in as many lines as it needs.
class ChoiceButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ChoiceButton(QWidget *parent = nullptr);

    void setValue(const QString &value, bool isNothing); // nothing: shown as what is not there

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, heightForWidth(width())}; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void keyPressed(QKeyEvent *event); // one that is no button's; whoever takes it accepts it

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isNothing = false;
};

} // namespace Counterfoil

#pragma once

#include <QPlainTextEdit>

namespace Counterfoil {

// A field for a few lines, drawn like those for one. Tab goes on to the next field.
class LinesEdit final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit LinesEdit(int lines, QWidget *parent = nullptr);

    void setWrong(bool wrong);

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();

    int m_lines;
    bool m_wrong = false;
};

} // namespace Counterfoil

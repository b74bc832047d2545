#include "confirmsheet.h"

#include "tokens.h"

#include <QLabel>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int widthInDigits = 52;

QWidget *bodyWith(const QString &text)
{
    auto *body = new QWidget;
    auto *label = new QLabel(text, body);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    return body;
}

} // namespace

ConfirmSheet::ConfirmSheet(QWidget *window, const QString &question, const QString &consequence,
                           const QString &verb)
    : FormSheet(window, question, bodyWith(consequence), widthInDigits, verb)
{
    setAccessibleDescription(consequence);
    setEnterSaves(true);
}

void ConfirmSheet::save()
{
    end();
    Q_EMIT confirmed();
}

} // namespace Counterfoil

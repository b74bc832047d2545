#include "amountchip.h"

#include "display.h"
#include "popover.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

namespace Counterfoil {

namespace {

constexpr qsizetype mostDigits = 15; // fits 64 bits with any currency's places
constexpr int fieldCharacters = 11;

bool isEmptyOrAmount(const QString &text, int places)
{
    return text.trimmed().isEmpty() || typedAmount(text, places);
}

} // namespace

std::optional<Amount> typedAmount(const QString &text, int places)
{
    const QLocale locale;
    const QString point = locale.decimalPoint();
    const QString group = locale.groupSeparator();
    qint64 value = 0;
    qsizetype digits = 0;
    int after = -1; // decimal places read; -1: before the point
    for (const QChar c : text.trimmed()) {
        if (c.isDigit()) {
            value = value * 10 + c.digitValue();
            if (++digits > mostDigits || (after >= 0 && ++after > places))
                return std::nullopt;
        } else if (point == c && after < 0) {
            after = 0;
        } else if (group != c && !c.isSpace() && c.category() != QChar::Symbol_Currency) {
            return std::nullopt;
        }
    }
    if (digits == 0)
        return std::nullopt;
    for (int i = std::max(after, 0); i < places; ++i)
        value *= 10;
    return Amount{value};
}

AmountChip::AmountChip(const QString &name, QWidget *parent)
    : ChipButton(parent)
    , m_name(name)
{
    m_card = new Popover(this, buildCard());
    connect(this, &QPushButton::clicked, this, [this] {
        m_card->open();
        m_from->setFocus(Qt::PopupFocusReason);
    });
    describe();
}

QWidget *AmountChip::buildCard()
{
    auto *content = new QWidget;
    m_currencies = new QComboBox(content);
    m_currencies->setAccessibleName(tr("Currency"));
    const auto field = [&](const QString &accessibleName, const QString &hint) {
        auto *edit = new QLineEdit(content);
        edit->setAccessibleName(accessibleName);
        edit->setPlaceholderText(hint);
        edit->setMaxLength(24);
        edit->setFixedWidth(edit->fontMetrics().horizontalAdvance(QLatin1Char('0')) * fieldCharacters + 16);
        connect(edit, &QLineEdit::returnPressed, this, &AmountChip::take);
        return edit;
    };
    m_from = field(tr("Least amount"), tr("from", "the least amount"));
    m_to = field(tr("Greatest amount"), tr("to", "the greatest amount"));
    auto *show = new QPushButton(tr("Show"), content);
    auto *any = new QPushButton(tr("Any amount"), content);
    setLook(*any, ButtonLook::Item);
    m_problem = new QLabel(tr("Type an amount such as %1.").arg(QLocale().toString(1250)), content);
    Type::setMuted(*m_problem);
    m_problem->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_currencies, m_from, m_to, show})
        row->addWidget(widget);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(Space::small);
    layout->addWidget(any);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    connect(show, &QPushButton::clicked, this, &AmountChip::take);
    connect(any, &QPushButton::clicked, this, [this] {
        clear();
        m_card->dismiss();
        Q_EMIT rangeChanged();
    });
    return content;
}

void AmountChip::setCurrencies(const QStringList &codes)
{
    QStringList shown;
    for (int i = 0; i < m_currencies->count(); ++i)
        shown.append(m_currencies->itemText(i));
    if (shown == codes)
        return;
    const QString chosen = m_currencies->currentText();
    m_currencies->clear();
    m_currencies->addItems(codes);
    m_currencies->setCurrentIndex(std::max<int>(0, static_cast<int>(codes.indexOf(chosen))));
    setEnabled(!codes.isEmpty() || !m_currency.isEmpty());
}

void AmountChip::setRange(const QString &currency, std::optional<Amount> least, std::optional<Amount> most)
{
    if (least && most && *most < *least)
        std::swap(least, most);
    m_currency = least || most ? currency : QString();
    m_least = least;
    m_most = most;
    describe();
}

void AmountChip::clear()
{
    m_from->clear();
    m_to->clear();
    m_problem->hide();
    setRange({}, {}, {});
}

void AmountChip::take()
{
    const QString currency = m_currencies->currentText();
    const int places = minorUnitPlaces(currency.toStdString());
    const bool understood = isEmptyOrAmount(m_from->text(), places) && isEmptyOrAmount(m_to->text(), places);
    m_problem->setVisible(!understood);
    if (!understood)
        return;
    setRange(currency, typedAmount(m_from->text(), places), typedAmount(m_to->text(), places));
    m_card->dismiss();
    Q_EMIT rangeChanged();
}

QString AmountChip::description() const
{
    const std::string currency = m_currency.toStdString();
    if (m_least && m_most)
        return tr("%1 to %2", "two amounts")
            .arg(Display::money(*m_least, currency), Display::money(*m_most, currency));
    if (m_least)
        return tr("From %1", "an amount").arg(Display::money(*m_least, currency));
    if (m_most)
        return tr("Up to %1", "an amount").arg(Display::money(*m_most, currency));
    return {};
}

void AmountChip::describe()
{
    const QString description = this->description();
    setText(description.isEmpty() ? m_name : description);
    setAccessibleName(description.isEmpty()
                          ? tr("%1: any").arg(m_name)
                          : tr("%1: %2", "name of a filter and what is chosen").arg(m_name, description));
    setActive(!description.isEmpty());
}

} // namespace Counterfoil

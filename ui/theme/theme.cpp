#include "theme.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPalette>
#include <QScreen>
#include <QToolTip>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int bodyPixels = 13;
#ifdef Q_OS_MACOS
constexpr double nominalDpi = 72;
#else
constexpr double nominalDpi = 96;
#endif

QFont bodyFont(int percent)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QString inter = QStringLiteral("Inter");
    if (QFontDatabase::hasFamily(inter))
        font.setFamilies({inter, font.family()});
    const QScreen *screen = QGuiApplication::primaryScreen();
    // The platform states its text size as a density; at high resolutions Qt has already taken its share.
    const double system = screen ? std::max(1.0, screen->logicalDotsPerInch() / nominalDpi) : 1.0;
    font.setPixelSize(qRound(bodyPixels * system * percent / 100.0));
    font.setHintingPreference(QFont::PreferVerticalHinting);
    return font;
}

} // namespace

Theme::Theme(QApplication &application)
    : m_application(application)
{
    readSystem();
    QApplication::setStyle(new Style);
    application.installEventFilter(this);
    apply();
}

void Theme::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    apply();
}

bool Theme::isDark() const
{
    return m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_systemDark);
}

void Theme::setTextPercent(int percent)
{
    const int bounded = std::clamp(percent, smallestTextPercent, largestTextPercent);
    if (bounded == m_textPercent)
        return;
    m_textPercent = bounded;
    apply();
}

bool Theme::wantsMotion()
{
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Qt 6.4 tells windows that the platform's look changed, but not to what.
    if (event->type() == QEvent::ThemeChange && !m_applying) {
        readSystem();
        apply();
    }
    return QObject::eventFilter(watched, event);
}

void Theme::readSystem()
{
    m_applying = true;
    QApplication::setPalette(QPalette());
    m_systemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    m_applying = false;
}

void Theme::apply()
{
    m_applying = true;
    const Tokens &tokens = isDark() ? Tokens::darkSet() : Tokens::light();
    QApplication::setPalette(tokens.palette());
    const QFont font = bodyFont(m_textPercent);
    if (font != QApplication::font()) {
        QApplication::setFont(font);
        Type::refresh();
    }
    QToolTip::setPalette(tokens.palette());
    QToolTip::setFont(font);
    m_applying = false;
    Q_EMIT changed();
}

} // namespace Counterfoil

#include "recordwindows.h"

#include "kinds.h"

#include <QSettings>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char arrayKey[] = "recordWindows";
constexpr char kindKey[] = "kind";
constexpr char recordKey[] = "key";
constexpr char sizeKey[] = "geometry";

} // namespace

RecordWindows::RecordWindows(const PaneContext &context, const QList<RecordPlace> &places, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_places(places)
{ }

RecordWindows::~RecordWindows()
{
    for (const QPointer<RecordWindow> &window : std::as_const(m_windows))
        delete window.data();
}

RecordWindow *RecordWindows::find(const RecordRef &ref) const
{
    for (const QPointer<RecordWindow> &window : m_windows) {
        if (window && window->ref() == ref)
            return window;
    }
    return nullptr;
}

bool RecordWindows::open(const RecordRef &ref)
{
    m_windows.removeIf([](const QPointer<RecordWindow> &window) { return window.isNull(); });
    if (RecordWindow *window = find(ref)) {
        window->raise();
        window->activateWindow();
        return true;
    }
    const auto place = std::ranges::find(m_places, ref.kind, &RecordPlace::kind);
    if (ref.isNull() || place == m_places.end() || m_windows.size() >= most)
        return false;
    auto *window = new RecordWindow(*place, m_context, QString::fromStdString(ref.key), m_desks);
    connect(window, &RecordWindow::linkChosen, this, &RecordWindows::linkChosen);
    m_windows.append(window);
    window->show();
    return true;
}

void RecordWindows::saveTo(QSettings &settings) const
{
    settings.beginWriteArray(QLatin1String(arrayKey), 0);
    int index = 0;
    for (const QPointer<RecordWindow> &window : m_windows) {
        if (!window || !window->isVisible())
            continue;
        settings.setArrayIndex(index++);
        const RecordRef ref = window->ref();
        settings.setValue(QLatin1String(kindKey),
                          QString::fromUtf8(ref.kind->name.data(), qsizetype(ref.kind->name.size())));
        settings.setValue(QLatin1String(recordKey), QString::fromStdString(ref.key));
        settings.setValue(QLatin1String(sizeKey), window->saveGeometry());
    }
    settings.endArray();
    settings.setValue(QLatin1String(arrayKey) + QStringLiteral("/size"), index);
}

void RecordWindows::restoreFrom(QSettings &settings)
{
    const int count = std::min(settings.beginReadArray(QLatin1String(arrayKey)), most);
    QList<std::pair<RecordRef, QByteArray>> kept;
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const std::string kind = settings.value(QLatin1String(kindKey)).toString().toStdString();
        kept.append({{findKind(kind), settings.value(QLatin1String(recordKey)).toString().toStdString()},
                     settings.value(QLatin1String(sizeKey)).toByteArray()});
    }
    settings.endArray();
    for (const auto &[ref, geometry] : std::as_const(kept)) {
        if (open(ref))
            m_windows.last()->restoreGeometry(geometry);
    }
}

} // namespace Counterfoil

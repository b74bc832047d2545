#include "systemline.h"

#include <QNetworkInformation>
#include <QTimer>

namespace Counterfoil {

namespace {

using Information = QNetworkInformation;

constexpr int askAfterMs = 2'000; // a question to the system's bus, which the first picture need not wait for

class SystemLine final : public MeteredLine
{
public:
    SystemLine() { QTimer::singleShot(askAfterMs, this, &SystemLine::ask); }

    bool isMetered() const override { return m_metered; }

private:
    void ask()
    {
        // What it cannot tell it says no to.
        if (!Information::loadBackendByFeatures(Information::Feature::Metered)
            && !Information::loadBackendByFeatures(Information::Feature::TransportMedium))
            return;
        Information *information = Information::instance();
        connect(information, &Information::isMeteredChanged, this, &SystemLine::look);
        connect(information, &Information::transportMediumChanged, this, &SystemLine::look);
        look();
    }
    void look()
    {
        const Information *information = Information::instance();
        const bool metered = information->isMetered()
            || information->transportMedium() == Information::TransportMedium::Cellular;
        if (std::exchange(m_metered, metered) != metered)
            Q_EMIT changed();
    }

    bool m_metered = false;
};

} // namespace

std::unique_ptr<MeteredLine> systemLine()
{
    return std::make_unique<SystemLine>();
}

} // namespace Counterfoil

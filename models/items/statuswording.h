#pragma once

#include <QObject>

#include <memory>
#include <string_view>

namespace Counterfoil {

class CacheReaders;

// How the supplier words its ERP's states and the reasons for returns, from the cache and kept up to date:
// when the supplier changes a word, changed() follows and every window shows the new one.
class StatusWording final : public QObject
{
    Q_OBJECT
public:
    explicit StatusWording(CacheReaders &readers, QObject *parent = nullptr);
    ~StatusWording() override;

    struct Words
    {
        QString label; // the code itself where the supplier gave no words for it
        QString tone;  // as Status::tone
        QString symbol;
        qint64 position = 0; // in lists of states; what has no words comes last
    };

    // `subject` is a kind's name, "orderLine", "returnOutcome" or "returnDisposition"; or "returnReason", of
    // which the code is a ReturnReason's, or "returnQuestion": a reason's code, "/" and the question's.
    Words of(std::string_view subject, std::string_view code) const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil

#pragma once

#include <QObject>

class QApplication;

namespace Counterfoil {

// The look of the whole program: style, colours and type. Made once by app/ after QApplication; light
// and dark follow the system unless the person chose otherwise. GUI thread.
class Theme final : public QObject
{
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    Q_ENUM(Scheme)

    static constexpr int smallestTextPercent = 80;
    static constexpr int largestTextPercent = 200;

    explicit Theme(QApplication &application);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    bool isDark() const;

    int textPercent() const { return m_textPercent; }
    void setTextPercent(int percent); // kept within the bounds above

    // False where the platform asks for stillness; then things change at once.
    static bool wantsMotion();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    void readSystem();
    void apply();

    QApplication &m_application;
    Scheme m_scheme = Scheme::System;
    int m_textPercent = 100;
    bool m_systemDark = false;
    bool m_applying = false;
};

} // namespace Counterfoil

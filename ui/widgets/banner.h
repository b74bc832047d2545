#pragma once

#include "tokens.h"

#include <QWidget>

class QLabel;

namespace Counterfoil {

// One sentence that must not be overlooked, above a record's facts, with a picture and colour that say
// how grave it is.
class Banner final : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void tell(const QString &sentence, Tone tone); // hidden while the sentence is empty
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    Tone m_tone = Tone::Neutral;
};

} // namespace Counterfoil

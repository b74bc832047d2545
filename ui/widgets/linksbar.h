#pragma once

#include "recordlink.h"

#include <QAbstractButton>

namespace Counterfoil {

// One record to go to: what it is, its number, its state's symbol, and the digit that leads there.
class LinkButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit LinkButton(QWidget *parent = nullptr);

    void setLink(const RecordLink &link, int digit); // 0: no digit leads there
    const RecordLink &link() const { return m_link; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RecordLink m_link;
    int m_digit = 0;
};

// All that one record leads to. The first nine have a key: Alt and the digit shown.
class LinksBar final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostKeys = 9;

    explicit LinksBar(QWidget *parent = nullptr);

    void setLinks(const QList<RecordLink> &links); // hidden while there are none

Q_SIGNALS:
    void chosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

private:
    QList<LinkButton *> m_buttons;
};

} // namespace Counterfoil

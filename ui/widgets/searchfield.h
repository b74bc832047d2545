#pragma once

#include "icons.h"

#include <QLineEdit>

namespace Counterfoil {

// A field to find something in, with a picture at its start and, while empty, the key that leads to it.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    SearchField(Icons::Icon icon, const QString &placeholder, const QString &key, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Icons::Icon m_icon;
    QString m_key;
};

} // namespace Counterfoil

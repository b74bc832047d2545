#pragma once

#include <QAbstractButton>

namespace Counterfoil {

struct DemoPerson;

// A card with a person's name, role and what there is to see as them.
class PersonButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit PersonButton(const DemoPerson &person, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_role;
    QString m_description;
};

} // namespace Counterfoil

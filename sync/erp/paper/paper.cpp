#include "paper.h"

#include <QCoreApplication>

namespace Counterfoil {

Result<std::string> drawPaper(const PaperData &data)
{
    return Error{ErrorKind::BadInput,
                 QCoreApplication::translate("Paper", "The paper of %1 cannot be drawn.")
                     .arg(QString::fromStdString(data.invoice.number))};
}

} // namespace Counterfoil

#pragma once

#include "result.h"

#include <QStringList>

#include <functional>

namespace Counterfoil {

class PrinterDoor;

// A letter for the system's mail program, which shows it before anybody sends it.
struct Letter
{
    QString subject;
    QStringList files; // absolute; there until some later letters are made, or the profile is closed
};

// Where documents leave this program; carried out by the app.
struct OutgoingDoors
{
    QString programs;                        // the folder of those that make packs
    std::function<PrinterDoor *()> printers; // loaded when first asked for; nullptr: it could not be
    std::function<Outcome(const Letter &)> mail;
};

} // namespace Counterfoil

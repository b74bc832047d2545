#pragma once

#include "clock.h"
#include "outgoingdoors.h"
#include "signinpage.h"
#include "syncport.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace Counterfoil {

class AttachmentPort;
class CacheReaders;
class CommandPort;
class DocumentPort;
class PeoplePort;
class QuotePort;

// What the window needs from the rest of the program, whoever is signed in. Everything outlives the window.
struct WindowPorts
{
    SignInPort &signIn;
    const Clock &clock;
    QString settingsFile; // what belongs to this computer's user: look, text size, last gateway and user
    QUrl gateway;         // proposed for signing in; empty: the one used last
    QList<DemoPerson> people = {}; // the sandbox's people; empty outside the demo
};

// One person's data on one gateway, as far as the window is concerned.
struct OpenProfile
{
    Person person;
    CacheReaders &readers;
    SyncPort &sync;
    DocumentPort &documents;
    CommandPort &commands;
    PeoplePort &people;
    QuotePort &quotes;
    QString directory;                     // exists; the layout of this profile's windows is kept in it
    QString renderProgram;                 // draws the pages of documents, in a process of its own
    OutgoingDoors doors = {};              // by which documents leave
    AttachmentPort *attachments = nullptr; // null: no files go with what is asked for
};

} // namespace Counterfoil

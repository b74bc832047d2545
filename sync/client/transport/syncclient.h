#pragma once

#include "attachmentport.h"
#include "changenotice.h"
#include "commandport.h"
#include "documentport.h"
#include "peopleport.h"
#include "profile.h"
#include "quoteport.h"
#include "signinport.h"
#include "syncport.h"
#include "textport.h"

#include <QObject>

#include <memory>

namespace Counterfoil {

class MeteredLine;

// The sync client: the engine on a thread of its own, the cache's writer, the outbox and the documents' files
// on three others, and this, their face on the GUI thread. No call blocks, except that the destructor waits
// for the writers to finish.
class SyncClient final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString profilesDirectory;
        QString deviceName;          // shown in the person's list of devices
        bool useKeyStore = true;     // false: tokens in memory only
        QString cacheVfs = {};       // a registered SQLite VFS, for tests that inject faults
        QString outboxVfs = {};      // the same for the outbox
        MeteredLine *line = nullptr; // outlives the client; nullptr: it is never metered
    };

    explicit SyncClient(const Options &options, QObject *parent = nullptr);
    ~SyncClient() override;

    // Goes on with the profile used last: signedIn() and profileOpened() follow, online or not. False:
    // there is none, so the person has to sign in. To be called once, after connecting to the signals.
    bool start();

    SyncPort &sync();
    SignInPort &signIn();
    DocumentPort &documents();
    TextPort &texts();
    CommandPort &commands(); // of the present profile; without one nothing is queued
    PeoplePort &people();
    QuotePort &quotes();
    AttachmentPort &attachments();
    Profile profile() const; // the present one; its directory is empty when nobody is signed in

Q_SIGNALS:
    // The cache at profile.cachePath() may be read from now on. Comes again after a sign-out, when another
    // person signs in, and when a damaged cache was moved aside and begun anew: readers are to be made anew
    // then.
    void profileOpened(const Counterfoil::Profile &profile);
    void cacheChanged(const Counterfoil::ChangeNotice &notice); // once per committed batch
    void storeFailed(const Counterfoil::Error &error);          // the profile's own files cannot be written

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil

#include "syncport.h"

// The ports are pure, but their signals need a home for the code that moc makes of them.
#include "signinport.h"

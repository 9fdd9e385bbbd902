-- Cases closed as made safe whose lasting repair follows as a case of its own: few, and asked for by the reconciler.
create index case_follow_up on "case" (id) where state ? 'followUp';

-- Whether an actor, by its document, may have been a permanent member of an organization, by its slug, on some day of
-- these; null: on any.
CREATE OR REPLACE FUNCTION public.is_permanent_member(actor text, organization text, days daterange) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM json_array_elements(actor::json -> 'memberships') m
        WHERE m -> 'organization' ->> 'slug' = organization AND lower(m ->> 'role') = 'permanent member'
          AND coalesce((m -> 'since' ->> 'earliest')::date < upper(days), true)
          AND coalesce((m -> 'until' ->> 'latest')::date >= lower(days), true)
    );
END $$;
